import { type Office, openOffice } from '../../../test/support/office.ts';

let office: Promise<Office> | null = null;

/** One server with its offices set up, shared by all stories: each story makes the dossiers it needs. */
export function sharedOffice(): Promise<Office> {
  office ??= openOffice();
  return office;
}

after(async () => {
  await (await office)?.close();
  office = null;
});
