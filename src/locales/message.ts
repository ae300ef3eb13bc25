/** A message in its parts: plain text, and places to fill. */
export type Message = (string | Place)[];

/** A place to fill: `{name}`, `{name, date}`, `{name, given, {…}}`, `{name, plural, one {…} other {…}}`, `{name, select, …}`. */
export type Place =
  | { kind: 'value' | 'date' | 'dateTime'; name: string }
  | { kind: 'given'; name: string; branch: Message }
  | { kind: 'plural' | 'select'; name: string; branches: Record<string, Message> };

/** Reads a message written as in ICU MessageFormat. @throws SyntaxError when a brace is left open or a kind is unknown */
export function parseMessage(text: string): Message {
  const reader = new Reader(text);
  const message = reader.message();
  if (!reader.atEnd) throw new SyntaxError(`unexpected } in message: ${text}`);
  return message;
}

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  message(): Message {
    const parts: Message = [];
    let plain = '';
    while (!this.atEnd && this.#peek() !== '}') {
      if (this.#peek() !== '{') {
        plain += this.#text[this.#at++];
        continue;
      }
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(this.#place());
    }
    if (plain !== '') parts.push(plain);
    return parts;
  }

  #place(): Place {
    this.#take('{');
    const name = this.#word();
    if (this.#peek() === '}') {
      this.#take('}');
      return { kind: 'value', name };
    }
    this.#take(',');
    const kind = this.#word();
    let place: Place;
    if (kind === 'date' || kind === 'dateTime') {
      place = { kind, name };
    } else if (kind === 'given') {
      this.#take(',');
      place = { kind, name, branch: this.#branch() };
    } else if (kind === 'plural' || kind === 'select') {
      this.#take(',');
      place = { kind, name, branches: this.#branches() };
    } else {
      throw new SyntaxError(`unknown kind ${kind} in message: ${this.#text}`);
    }
    this.#take('}');
    return place;
  }

  #branches(): Record<string, Message> {
    const branches: Record<string, Message> = {};
    this.#space();
    while (this.#peek() !== '}') {
      const name = this.#word();
      branches[name] = this.#branch();
      this.#space();
    }
    if (branches.other === undefined) throw new SyntaxError(`no branch "other" in message: ${this.#text}`);
    return branches;
  }

  #branch(): Message {
    this.#take('{');
    const message = this.message();
    this.#take('}', false);
    return message;
  }

  #word(): string {
    this.#space();
    const word = /^[\w=-]+/.exec(this.#text.slice(this.#at))?.[0];
    if (word === undefined)
      throw new SyntaxError(`a name is missing at ${this.#at} in message: ${this.#text}`);
    this.#at += word.length;
    this.#space();
    return word;
  }

  #take(sign: string, skipSpace = true): void {
    if (skipSpace) this.#space();
    if (this.#peek() !== sign)
      throw new SyntaxError(`${sign} is missing at ${this.#at} in message: ${this.#text}`);
    this.#at += 1;
  }

  #space(): void {
    while (this.#peek() === ' ') this.#at += 1;
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }
}
