import { writeFileSync } from 'node:fs';
import { findCases, PAGE, pageOf } from './cases.ts';

writeFileSync(PAGE, pageOf(findCases()));
