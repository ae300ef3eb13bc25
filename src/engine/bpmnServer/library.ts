import type { EventBasedGateway, Execution, Item, Node, Token } from 'bpmn-server';

/** The package as it is loaded: its classes and constants. */
export type Library = typeof import('bpmn-server');
export type { EventBasedGateway, Execution, Item, Node, Token };

/** Repairs one fault of the package by replacing the member at fault; installed once, before anything runs. */
export type Guard = (library: Library) => void;

/** The execution a token or item belongs to, under its full type. */
export function executionOf(token: Token): Execution {
  return token.execution as Execution;
}

/** The tokens of an execution, oldest first. */
export function tokensOf(execution: Execution): Token[] {
  return [...execution.tokens.values()];
}

/** Whether a token has neither ended nor been cancelled. */
export function isLive(token: Token): boolean {
  return token.status !== 'end' && token.status !== 'terminated';
}

/** Replaces a getter of a class of the package. */
export function replaceGetter(prototype: object, name: string, get: () => unknown): void {
  Object.defineProperty(prototype, name, { get, configurable: true });
}
