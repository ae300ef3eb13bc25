import { Notifications } from '@mantine/notifications';

/** Where short notices appear: fetched with the first sign-in, since nobody else is told anything by them. */
export function Notices() {
  return <Notifications position="bottom-center" containerWidth={440} />;
}
