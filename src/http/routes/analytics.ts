import { type Request, Router } from 'express';
import { occurrencesCsv } from '../../analytics/occurrencesCsv.ts';
import { stepMeasuresCsv } from '../../analytics/stepMeasuresCsv.ts';
import { STEP_DIMENSIONS, type StepDimension } from '../../analytics/steps.ts';
import { sendList, sendPage } from '../answer.ts';
import type { Application, StepsWanted } from '../application.ts';
import { contextOf, queryOf } from '../exchange.ts';
import { presentMeasure, presentOccurrence } from '../presenters/measures.ts';

/** Measures, and the occurrences behind each of them. */
export function analyticsRoutes({ analytics }: Application): Router {
  const router = Router();

  router.get('/analytics/steps', async (req, res) => {
    const { by = [] } = queryOf<{ by?: StepDimension[] }>(req);
    const measures = await analytics.steps(contextOf(res), {
      ...wantedOf(req),
      by: STEP_DIMENSIONS.filter((dimension) => by.includes(dimension)),
    });
    res.vary('Accept');
    if (wantsCsv(req)) res.attachment('steps.csv').type('text/csv').send(stepMeasuresCsv(measures));
    else sendList(req, res, measures, presentMeasure);
  });

  router.get('/analytics/steps/occurrences', async (req, res) => {
    const { flowNode, clock, state, limit, cursor = null } = queryOf<OccurrenceQuery>(req);
    const wanted = { ...wantedOf(req), flowNode, clock, state };
    res.vary('Accept');
    if (wantsCsv(req)) {
      const all = await analytics.exportOccurrences(contextOf(res), wanted);
      res.attachment('occurrences.csv').type('text/csv').send(occurrencesCsv(all));
    } else {
      const page = await analytics.occurrences(contextOf(res), { ...wanted, page: { limit, cursor } });
      sendPage(req, res, page, presentOccurrence);
    }
  });
  return router;
}

const wantsCsv = (req: Request): boolean => req.accepts(['application/json', 'text/csv']) === 'text/csv';

function wantedOf(req: Request): StepsWanted {
  const { territory, procedure, version, flowNode, body, from, to } = queryOf<WantedQuery>(req);
  return {
    territory,
    procedure,
    version,
    flowNode,
    body,
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}

interface WantedQuery {
  territory?: string;
  procedure?: string;
  version?: string;
  flowNode?: string;
  body?: string;
  from?: string;
  to?: string;
}
interface OccurrenceQuery {
  flowNode: string;
  clock: 'elapsed' | 'working';
  state: 'finished' | 'open';
  limit: number;
  cursor?: string;
}
