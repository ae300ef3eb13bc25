/** A number, code, file name, phone or address: isolated, so that it never turns around inside Arabic. */
export function Code({ children }: { children: string | number | null | undefined }) {
  return <bdi dir="ltr">{children ?? '—'}</bdi>;
}

/** A person's or thing's name in whatever script it is written. */
export function Name({ children }: { children: string | null | undefined }) {
  return <bdi dir="auto">{children ?? '—'}</bdi>;
}
