/** So many commands of one kind are under way at most; what is asked for meanwhile goes together. */
const AT_ONCE = 2;
/** Of what is gathered, so much goes into one command. */
const MOST = 200;

/** Does what is asked for at the same time in one go: alone it is done at once, under load a few commands serve many. */
export function gather<Question, Answer>(
  answer: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: { question: Question; resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  let running = 0;

  async function run(members: typeof waiting): Promise<void> {
    try {
      const answers = await answer(members.map(({ question }) => question));
      for (const [place, member] of members.entries()) member.resolve(answers[place] as Answer);
    } catch (error) {
      for (const member of members) member.reject(error);
    }
  }

  function next(): void {
    if (waiting.length === 0 || running >= AT_ONCE) return;
    const members = waiting.slice(0, MOST);
    waiting = waiting.slice(MOST);
    running += 1;
    void run(members).finally(() => {
      running -= 1;
      next();
    });
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      // What comes in the same turn goes together.
      if (waiting.length === 1) setImmediate(next);
    });
}
