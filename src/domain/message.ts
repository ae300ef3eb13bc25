/** What one side of a dossier wrote to the other. Its text is kept here, never in the log of events. */
export interface Message {
  id: string;
  dossier: string;
  author: string;
  /** On which side the author stood when writing. */
  side: 'applicant' | 'administration';
  text: string;
  at: number;
}
