import { Router } from 'express';
import type { JsonObject } from '../../domain/json.ts';
import type { Task, TaskStatus } from '../../domain/process.ts';
import { ifVersionOf, send, sendFile, sendPage, versioned } from '../answer.ts';
import type { Application, RequestContext, StoredAnswer } from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDossier } from '../presenters/dossier.ts';
import { presentSigningRow, presentTask, presentTaskDetail, presentTaskRow } from '../presenters/task.ts';

/** Work that waits for a person: inboxes, taking, giving back, completing. */
export function taskRoutes({ tasks, dossiers, idempotency }: Application): Router {
  const router = Router();
  const redrawTask = async (context: RequestContext, { id }: { id: string }): Promise<StoredAnswer> =>
    answer((await tasks.read(context, { id })).task);

  router.get('/tasks', async (req, res) => {
    const { limit, cursor = null, dueBefore, ...filter } = queryOf<TaskQuery>(req);
    const input = {
      ...filter,
      ...(dueBefore === undefined ? {} : { dueBefore: Date.parse(dueBefore) }),
      page: { limit, cursor },
    };
    sendPage(req, res, await tasks.list(contextOf(res), input), presentTaskRow);
  });
  router.get('/signing-queue', async (req, res) => {
    const { limit, cursor = null } = queryOf<{ limit: number; cursor?: string }>(req);
    sendPage(
      req,
      res,
      await tasks.signingQueue(contextOf(res), { page: { limit, cursor } }),
      presentSigningRow,
    );
  });
  router.get('/tasks/:id', async (req, res) => {
    const detail = await tasks.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, versioned(200, presentTaskDetail(detail), detail.task.version));
  });
  router.post('/tasks/:id/preview', async (req, res) => {
    const payload = req.body as JsonObject;
    await sendFile(res, await tasks.preview(contextOf(res), { id: pathOf(req, 'id'), payload }));
  });
  router.post(
    '/tasks/:id/claim',
    once(idempotency, {
      async run(context, req) {
        return answer(await tasks.claim(context, { id: pathOf(req, 'id'), ifVersion: ifVersionOf(req) }));
      },
      redraw: redrawTask,
    }),
  );
  router.post(
    '/tasks/:id/release',
    once(idempotency, {
      async run(context, req) {
        return answer(await tasks.release(context, { id: pathOf(req, 'id'), ifVersion: ifVersionOf(req) }));
      },
      redraw: redrawTask,
    }),
  );
  router.post(
    '/tasks/:id/completion',
    once(idempotency, {
      async run(context, req) {
        const { task, dossier } = await tasks.complete(context, {
          id: pathOf(req, 'id'),
          ifVersion: ifVersionOf(req),
          payload: req.body as JsonObject,
        });
        return {
          status: 200,
          body: { task: presentTask(task), dossier: presentDossier(dossier) },
          headers: {},
        };
      },
      async redraw(context, { id }) {
        const { task } = await tasks.read(context, { id });
        const { dossier } = await dossiers.read(context, { id: task.dossier });
        return {
          status: 200,
          body: { task: presentTask(task), dossier: presentDossier(dossier) },
          headers: {},
        };
      },
    }),
  );
  return router;
}

function answer(task: Task): StoredAnswer {
  return versioned(200, presentTask(task), task.version);
}

interface TaskQuery {
  scope: 'mine' | 'groups' | 'all';
  status: TaskStatus;
  procedure?: string;
  territory?: string;
  flowNode?: string;
  dossier?: string;
  dueBefore?: string;
  sort: 'dueAt' | 'createdAt';
  limit: number;
  cursor?: string;
}
