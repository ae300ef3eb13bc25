import {
  boundary,
  catching,
  diagram,
  each,
  end,
  eventGateway,
  exclusive,
  message,
  parallel,
  serviceTask,
  start,
  terminate,
  throwing,
  timer,
  userTask,
} from './diagram.ts';
import type { Random } from './walk.ts';

/** Draws a random diagram of the profile of both engines: blocks within blocks, with loops, boundary events and ends. */
export function randomDiagram(random: Random): { xml: string; messages: string[] } {
  const elements: string[] = [start];
  const flows: string[] = [];
  const messages: string[] = [];
  let count = 0;
  const name = (prefix: string) => `${prefix}${++count}`;
  const add = (id: string, element: string) => {
    elements.push(element);
    return id;
  };
  const link = (...path: string[]) => flows.push(path.join(' -> '));

  function work(): string {
    const id = name('Task');
    const inner = random(4) === 0 ? each('members', 'member') : '';
    if (random(12) === 0) return add(id, `<bpmn:task id="${id}">${inner}</bpmn:task>`);
    return add(id, random(3) === 0 ? serviceTask(id, inner) : userTask(id, inner));
  }

  function trigger(id: string): string {
    if (random(3) > 0) return timer(id, `P${1 + random(5)}D`);
    messages.push(id);
    return message(id, `${id}Call`);
  }

  /** Draws a block behind `from` and answers where it is left. */
  function block(from: string, depth: number): string {
    switch (depth > 0 ? random(9) : 8) {
      case 0:
        return block(block(from, depth - 1), depth - 1);
      case 1:
        return choice(from, depth);
      case 2:
        return fork(from, depth);
      case 3:
        return loop(from, depth);
      case 4:
        return race(from);
      case 5:
        return interrupted(from);
      case 6:
        return reminded(from, depth);
      case 7: {
        const id = name(random(2) === 0 ? 'Wait' : 'Send');
        if (id.startsWith('Send')) add(id, throwing(id, message(id, `${id}Call`)));
        else add(id, catching(id, trigger(id)));
        link(from, id);
        return id;
      }
      default: {
        const id = work();
        link(from, id);
        return id;
      }
    }
  }

  function choice(from: string, depth: number): string {
    const merge = name('Merge');
    add(merge, exclusive(merge));
    const split = name('Choice');
    const open = block(split, depth - 1);
    link(open, merge);
    const other = block(split, depth - 1);
    if (random(4) === 0) {
      const stop = name('Stop');
      const before = add(name('Last'), userTask(`Last${count}`));
      link(other, before);
      link(before, add(stop, random(2) === 0 ? terminate(stop) : end(stop)));
    } else link(other, merge);
    // The first two flows out of the split get a condition; a third, if drawn, is the default.
    conditions(split, random(2) === 0 ? merge : null);
    link(from, split);
    return merge;
  }

  function conditions(split: string, fallback: string | null): void {
    let value = 0;
    for (const [index, flow] of flows.entries()) {
      const [source, target, ...rest] = flow.split(' -> ');
      if (source !== split || target === undefined) continue;
      flows[index] = `${source} -> ${target} if k = ${value++}`;
      if (rest.length > 0) link(target, ...rest);
    }
    if (fallback !== null) link(split, fallback);
    add(split, exclusive(split, fallback === null ? '' : `default="${split}_${fallback}" `));
  }

  function fork(from: string, depth: number): string {
    const join = name('Join');
    add(join, parallel(join));
    // Several flows out of a task fork as a parallel gateway does.
    const split = random(3) === 0 ? work() : add(name('Fork'), parallel(`Fork${count}`));
    const branches = 2 + random(2);
    for (let branch = 0; branch < branches; branch++) link(block(split, depth - 1), join);
    link(from, split);
    return join;
  }

  function loop(from: string, depth: number): string {
    const again = add(name('Again'), exclusive(`Again${count}`));
    // A multi-instance task over an empty list would not wait, and the loop would run away.
    const task = add(name('Task'), userTask(`Task${count}`));
    link(again, task);
    const exit = block(task, depth - 1);
    const split = name('Repeat');
    link(exit, split);
    const out = work();
    add(split, exclusive(split, `default="${split}_${out}" `));
    flows.push(`${split} -> ${again} if k = 0`);
    link(split, out);
    link(from, again);
    return out;
  }

  function race(from: string): string {
    const gateway = add(name('Race'), eventGateway(`Race${count}`));
    const merge = add(name('Merge'), exclusive(`Merge${count}`));
    for (let event = 0; event < 2; event++) {
      const id = name('Event');
      add(id, catching(id, trigger(id)));
      link(gateway, id, merge);
    }
    link(from, gateway);
    return merge;
  }

  function interrupted(from: string): string {
    const task = work();
    const merge = add(name('Merge'), exclusive(`Merge${count}`));
    for (let event = 0; event <= random(2); event++) {
      const id = name('Late');
      add(id, boundary(id, task, trigger(id)));
      link(id, work(), merge);
    }
    link(task, merge);
    link(from, task);
    return merge;
  }

  function reminded(from: string, depth: number): string {
    const task = work();
    const id = name('Remind');
    add(id, boundary(id, task, trigger(id), false));
    const stop = add(name('Done'), end(`Done${count}`));
    link(block(id, depth - 1), stop);
    link(from, task);
    return task;
  }

  const exit = block(block('Start', 3), 3);
  const last = add(name('Last'), userTask(`Last${count}`));
  link(exit, last);
  link(last, add('End', random(2) === 0 ? terminate('End') : end('End')));
  return { xml: diagram(elements.join('\n'), ...flows), messages: messages.map((id) => `${id}Call`) };
}
