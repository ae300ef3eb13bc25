/** Placeholder replaced below. */
export function SiteMap(_: {
  id: string;
  label: string;
  help: string | undefined;
  error: string | undefined;
  readOnly: boolean;
  value: unknown;
  onBlur: () => void;
  onChange: (value: { type: 'Point'; coordinates: [number, number] } | undefined) => void;
}) {
  return null;
}
