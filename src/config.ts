import { join, resolve } from 'node:path';

/** Everything the environment may say, read once, checked, frozen. `.env.example` explains each variable. */
export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  mongodbUri: string | null;
  /** Folder of the embedded store, alone or with several nodes. */
  storeDir: string;
  /** Where `npm run store` listens, and its secret; null: the loopback interface, a secret kept in its folder. */
  storePort: number;
  storeHost: string | null;
  storeSecret: string | null;
  engine: 'bpmn-core' | 'bpmn-server';
  clock: 'real' | 'demo';
  /** First instant of a demonstration clock, epoch ms; only for a store that has none yet. */
  clockStart: number | null;
  logLevel: string;
  /** Proxies in front, whose X-Forwarded-For is believed. */
  trustProxy: number;
  /** Secret of access tokens; null: made on the first start and kept in the data directory. */
  tokenSecret: string | null;
  /** Passphrase of the software signer's keys; null: made on the first start and kept in the data directory. */
  keysPassphrase: string | null;
  /** Address of the first administrator, whose account the first start opens. */
  adminEmail: string;
  smtpUrl: string | null;
  mailFrom: string;
}

/** Thrown when a variable of the environment cannot be used; the message names it and the rule. */
export class ConfigError extends Error {
  constructor(variable: string, rule: string, value: string) {
    super(`${variable}: ${rule}, not "${value}"`);
    this.name = 'ConfigError';
  }
}

/** Reads the environment. @throws ConfigError naming the variable and the rule it breaks */
export function readConfig(env: Record<string, string | undefined>): Config {
  const text = (name: string): string | null => env[name]?.trim() || null;
  const choice = <T extends string>(name: string, options: readonly T[]): T => {
    const [first] = options;
    const value = text(name) ?? first;
    const found = options.find((option) => option === value);
    if (found === undefined) throw new ConfigError(name, `one of ${options.join(', ')}`, String(value));
    return found;
  };
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const value = text(name);
    const number = value === null ? fallback : Number(value);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new ConfigError(name, `a whole number from ${least} to ${most}`, String(value));
    }
    return number;
  };
  const url = (name: string, protocols: string[]): string | null => {
    const value = text(name);
    if (value === null) return null;
    // A replica set is named by several hosts, each with its port, which no other URL has.
    const single = value.replace(/,[^/?]*/, '');
    if (!URL.canParse(single) || !protocols.includes(new URL(single).protocol)) {
      throw new ConfigError(
        name,
        `an address beginning with ${protocols.join(' or ')}`,
        value.replace(/:[^:@/]*@/, ':…@'),
      );
    }
    return value;
  };
  const secret = (name: string, least: number): string | null => {
    const value = text(name);
    if (value !== null && value.length < least)
      throw new ConfigError(name, `at least ${least} characters`, '…');
    return value;
  };

  const port = whole('PORT', 3000, 0, 65_535);
  const start = text('CLOCK_START');
  if (start !== null && Number.isNaN(Date.parse(start))) {
    throw new ConfigError('CLOCK_START', 'an instant such as 2026-01-05T09:00:00Z', start);
  }
  const dataDir = resolve(text('DATA_DIR') ?? join(process.cwd(), 'data'));
  return Object.freeze({
    port,
    host: text('HOST') ?? '0.0.0.0',
    publicUrl: (url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDir,
    mongodbUri: url('MONGODB_URI', ['mongodb:', 'mongodb+srv:']),
    storeDir: resolve(text('STORE_DIR') ?? join(dataDir, 'store')),
    storePort: whole('STORE_PORT', 27_117, 0, 65_535),
    storeHost: text('STORE_HOST'),
    storeSecret: secret('STORE_SECRET', 24),
    engine: choice('ENGINE', ['bpmn-core', 'bpmn-server']),
    clock: choice('CLOCK', ['real', 'demo']),
    clockStart: start === null ? null : Date.parse(start),
    logLevel: choice('LOG_LEVEL', ['info', 'debug', 'warn', 'error', 'silent']),
    trustProxy: whole('TRUST_PROXY', 0, 0, 10),
    tokenSecret: secret('TOKEN_SECRET', 32),
    keysPassphrase: secret('KEYS_PASSPHRASE', 16),
    adminEmail: text('ADMIN_EMAIL') ?? 'admin@shubbak.invalid',
    smtpUrl: url('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: text('MAIL_FROM') ?? 'Shubbak <no-reply@localhost>',
  });
}
