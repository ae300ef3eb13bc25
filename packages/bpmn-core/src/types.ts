/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Named data of an instance. */
export type Variables = { [name: string]: Json };

// ---- definition: what compile() makes of a diagram; deeply frozen, shared by all its instances

/** A FEEL expression, compiled once; it yields `null` where FEEL does. */
export interface Expression {
  readonly text: string;
  readonly evaluate: (variables: Variables) => Json;
}

/** A timer as drawn: literal ISO 8601 text, or an expression that yields it. */
export interface TimerDefinition {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly value: string | Expression;
  /** Foreign attributes of the timerEventDefinition under their prefixed names. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message as drawn; `key` yields the correlation key, null when the message is not correlated. */
export interface MessageDefinition {
  readonly name: string;
  readonly key: Expression | null;
}

/** What an event catches or throws. */
export type EventDefinition =
  | { readonly kind: 'none' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'timer'; readonly timer: TimerDefinition }
  | { readonly kind: 'message'; readonly message: MessageDefinition }
  /** `code` null catches every error. */
  | { readonly kind: 'error'; readonly code: string | null }
  /** `code` null catches every escalation. */
  | { readonly kind: 'escalation'; readonly code: string | null }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'condition'; readonly condition: Expression }
  /** `target` is the catching end of a throwing one, null at the catching end. */
  | { readonly kind: 'link'; readonly name: string; readonly target: string | null }
  /** What to compensate, null for all that was completed around the event; catching events have none. */
  | { readonly kind: 'compensation'; readonly activity: string | null }
  | { readonly kind: 'cancel' }
  /** Several of them: catching, any one occurs or, for `all`, each of them once; throwing, each is thrown. */
  | { readonly kind: 'multiple'; readonly all: boolean; readonly events: readonly EventDefinition[] };

/** Multi-instance characteristics of an activity (clause 10.3.8): exactly one of `cardinality` and `collection`. */
export interface MultiInstance {
  readonly sequential: boolean;
  readonly cardinality: Expression | null;
  readonly collection: Expression | null;
  readonly elementVariable: string | null;
  readonly completionCondition: Expression | null;
}

/** One value that goes into a called process or comes out of it; `target` null stands for every variable. */
export interface Passed {
  readonly source: Expression | null;
  readonly target: string | null;
}

/** The process that a call activity runs, by its id, and the data that goes in and out (clause 10.3.6). */
export interface Call {
  readonly process: string;
  readonly in: readonly Passed[];
  readonly out: readonly Passed[];
}

/** Standard loop of an activity (clause 10.3.8): it goes on while `condition` is true, at most `maximum` times. */
export interface StandardLoop {
  /** Whether the condition is asked before the first iteration too. */
  readonly testBefore: boolean;
  readonly condition: Expression | null;
  readonly maximum: number | null;
}

/** A variable that a mapping gives a value: that of an expression, or constant text. */
export interface Assignment {
  readonly target: string;
  readonly source: string | Expression;
}

/** The variables an activity gets when it begins, and those it gives when it is left; each sees the ones before it. */
export interface DataMapping {
  readonly inputs: readonly Assignment[];
  readonly outputs: readonly Assignment[];
}

/** What a script task computes, and the variable that it computes it for (clause 10.3.3). */
export interface Script {
  readonly expression: Expression;
  readonly resultVariable: string;
}

/** One flow node of the diagram, with all that the interpreter and its host need to know of it. */
export interface FlowNode {
  readonly id: string;
  /** The element's type, e.g. `bpmn:UserTask`. */
  readonly type: string;
  readonly name: string | null;
  /** Id of the innermost lane that holds the node. */
  readonly lane: string | null;
  /** Id of the process or sub-process whose flow the node belongs to. */
  readonly container: string;
  /** Sequence flow ids in the order of the diagram. */
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly defaultFlow: string | null;
  /** What the event catches or throws, or the message of a send or receive task; null for all other nodes. */
  readonly event: EventDefinition | null;
  /** Boundary events: the activity they sit on. */
  readonly attachedTo: string | null;
  /** Boundary events and starts of event sub-processes: whether they cancel what runs there. */
  readonly interrupting: boolean;
  /** Sub-processes that an event starts, not a token (clause 10.3.5). */
  readonly byEvent: boolean;
  /** Activities that run only to undo another (clause 10.7). */
  readonly forCompensation: boolean;
  /** Activities, and the compensation events on them: the activity that undoes them. */
  readonly undoneBy: string | null;
  /** Event-based gateways and receive tasks: whether what they wait for begins the process. */
  readonly instantiates: boolean;
  /** Event-based gateways that begin a process: whether all their events are awaited, not only the first. */
  readonly awaitsAll: boolean;
  readonly call: Call | null;
  /** Activities: how many tokens must come before it begins, and how many leave by each flow (clause 10.3.1). */
  readonly startQuantity: number;
  readonly completionQuantity: number;
  /** Activities: ids of their boundary events. */
  readonly boundary: readonly string[];
  readonly loop: MultiInstance | null;
  readonly standardLoop: StandardLoop | null;
  /** Script tasks only. */
  readonly script: Script | null;
  readonly mapping: DataMapping | null;
  /** Every foreign attribute under its prefixed name, e.g. `camunda:formKey`. */
  readonly extension: Readonly<Record<string, string>>;
}

/** A sequence flow; `condition` is null where none is drawn. */
export interface SequenceFlow {
  readonly id: string;
  readonly name: string | null;
  readonly source: string;
  readonly target: string;
  readonly condition: Expression | null;
  readonly extension: Readonly<Record<string, string>>;
}

/** A process or an embedded sub-process: a flow with its start events. */
export interface Container {
  readonly id: string;
  readonly noneStart: string | null;
  /** Start events, and catching nodes that begin the process, by what triggers them. */
  readonly messageStarts: readonly string[];
  readonly signalStarts: readonly string[];
  /** Those that the host watches, since nothing comes from outside: timers and conditions. */
  readonly watchedStarts: readonly string[];
  /** The start events of the event sub-processes drawn in it. */
  readonly eventStarts: readonly string[];
}

/** The executable process of the diagram. */
export interface ProcessDefinition {
  readonly id: string;
  readonly name: string | null;
  readonly extension: Readonly<Record<string, string>>;
}

/** A lane and the flow nodes drawn in it or in its child lanes. */
export interface Lane {
  readonly id: string;
  readonly name: string | null;
  readonly parent: string | null;
  readonly nodes: readonly string[];
  readonly extension: Readonly<Record<string, string>>;
}

/** For an inclusive join: by incoming flow, the nodes from which that flow can be reached without passing the join. */
export type Reach = Readonly<Record<string, ReadonlySet<string>>>;

/** A compiled diagram: immutable, identified by the SHA-256 of its XML. */
export interface Definition {
  readonly hash: string;
  readonly processes: Readonly<Record<string, ProcessDefinition>>;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  readonly flows: Readonly<Record<string, SequenceFlow>>;
  readonly containers: Readonly<Record<string, Container>>;
  readonly lanes: Readonly<Record<string, Lane>>;
  /** Inclusive joins only. */
  readonly reach: Readonly<Record<string, Reach>>;
}

// ---- state: small plain JSON, no history

/** What a token does while a step is not running. */
export type Waiting =
  | 'task'
  | 'job'
  | 'call'
  | 'message'
  | 'timer'
  | 'signal'
  | 'condition'
  | 'events'
  | 'join'
  | 'subProcess'
  | 'instances'
  | 'compensation'
  | 'incident';

/** The point from which a token goes on when its incident is retried. */
export type Phase = 'enter' | 'begin' | 'execute' | 'leave';

/**
 * The instances of a multi-instance activity: how many there are, were made and are done. The iterations of a standard
 * loop are counted alike; how many there will be is not known, so `total` is those made.
 */
export interface Loop {
  readonly total: number;
  readonly made: number;
  readonly done: number;
  /** Sequential loops over a collection keep the elements still to come. */
  readonly items?: Json[];
}

/** A completed activity that may have to be undone; absent members mean "none". */
export interface Completed {
  readonly node: string;
  /** Scope it was completed in. */
  readonly scope?: number;
  /** Its own local variables when it was completed. */
  readonly variables?: Variables;
  /** Token that is to have it undone, in its turn. */
  readonly undoneFor?: number;
  /** Sub-processes: what was completed inside, in order. */
  readonly inner?: readonly Completed[];
}

/** One token of the instance; absent members mean "none". */
export interface Token {
  id: number;
  node: string;
  /** Scope the token runs in; absent at process level. */
  scope?: number;
  waiting?: Waiting;
  /** Public identifier of the task, job, call or incident the token waits with. */
  work?: string;
  /** Sequence flow a token came in by; kept at joins only. */
  flow?: string;
  phase?: Phase;
  /** Token of an activity that loops: its counters. */
  loop?: Loop;
  /** Instance or iteration token: id of the token of the activity that loops, 0-based index and local variables. */
  of?: number;
  instance?: number;
  variables?: Variables;
  /** Token of an activity with input or output mapping, from its beginning until it is left: the variables of its own. */
  mapped?: Variables;
  /** What was completed in a sub-process, until that is left. */
  undo?: readonly Completed[];
  /** Token that undoes something: id of the token that waits for it. */
  undoes?: number;
}

/** A running embedded sub-process: the token that waits for it and the scope that one is in. */
export interface Scope {
  id: number;
  node: string;
  owner: number;
  parent?: number;
}

/** For an event of several, which of them. */
type Part = { part?: number };

/**
 * Something the instance waits for on behalf of a token. A start event of an event sub-process waits on behalf of the
 * token of the sub-process around it, 0 at process level.
 */
export type Subscription =
  | ({ id: string; kind: 'message'; node: string; token: number; name: string; key?: Json } & Part)
  | ({ id: string; kind: 'signal'; node: string; token: number; name: string } & Part)
  /** `was`: whether the condition was true when it was last looked at. */
  | ({ id: string; kind: 'condition'; node: string; token: number; was: boolean } & Part)
  | ({
      id: string;
      kind: 'timer';
      node: string;
      token: number;
      due: number;
      /** Cycles only: the interval and the firings left after the next one, -1 for no end. */
      every?: string;
      left?: number;
    } & Part);

/** Status of an instance. */
export type Status = 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';

/** The whole state of one process instance: plain JSON to store as it is. */
export interface State {
  schema: 1;
  /** Hash of the definition the instance runs on. */
  definition: string;
  process: string;
  status: Status;
  /** Last identifier given out; never goes back. */
  sequence: number;
  variables: Variables;
  tokens: Token[];
  scopes: Scope[];
  subscriptions: Subscription[];
  /** What may still have to be undone, in the order of completion; absent when there is nothing. */
  completed?: Completed[];
}

// ---- commands and effects

/** What a host may ask of an instance. */
export type Command =
  /** `startEvent`: a timer or conditional start event that has occurred; without it the none start event begins. */
  | { type: 'start'; variables?: Variables; process?: string; startEvent?: string }
  | { type: 'completeTask'; id: string; variables?: Variables }
  | { type: 'completeJob'; id: string; variables?: Variables }
  | { type: 'failJob'; id: string; message: string }
  | { type: 'completeCall'; id: string; variables?: Variables }
  /** Ends a task, job or call with an error. */
  | { type: 'throwError'; id: string; code: string; variables?: Variables }
  /** Escalates from a task, job or call, which goes on unless it is interrupted. */
  | { type: 'throwEscalation'; id: string; code: string; variables?: Variables }
  | { type: 'retry'; id: string; variables?: Variables }
  /** Takes what an incident stopped as done. */
  | { type: 'skip'; id: string; variables?: Variables }
  | { type: 'correlateMessage'; name: string; key?: Json; variables?: Variables }
  | { type: 'broadcastSignal'; name: string; variables?: Variables }
  | { type: 'fireTimer'; id: string }
  | { type: 'setVariables'; variables: Variables }
  | { type: 'cancel'; reason?: string }
  /** `token` is the id of a token of the state; `flow` the flow by which it is to come in, which a join must know. */
  | { type: 'moveToken'; token: number; node: string; flow?: string }
  /** `scope` is the id of a scope of the state; absent at process level. */
  | { type: 'addToken'; node: string; scope?: number; flow?: string }
  | { type: 'cancelToken'; token: number };

/** What a step made happen, in order; the host carries it out or records it. Effects are read-only. */
export type Effect =
  /** `instance` is the 0-based index within an activity that loops. */
  | { type: 'taskCreated'; id: string; flowNode: string; variables: Variables; instance?: number }
  | { type: 'taskCompleted' | 'taskCancelled'; id: string; flowNode: string }
  | { type: 'jobRequested'; id: string; flowNode: string; variables: Variables; instance?: number }
  | { type: 'jobCompleted' | 'jobCancelled'; id: string; flowNode: string }
  /** The host runs the process of this id, and then completes the call or throws the error that ended it. */
  | {
      type: 'callRequested';
      id: string;
      flowNode: string;
      process: string;
      variables: Variables;
      instance?: number;
    }
  | { type: 'callCompleted' | 'callCancelled'; id: string; flowNode: string }
  | { type: 'timerScheduled'; id: string; flowNode: string; due: number }
  | { type: 'timerFired' | 'timerCancelled'; id: string; flowNode: string }
  | { type: 'messageSent'; flowNode: string; name: string; key?: Json; variables: Variables }
  /** What waited for the signal in this instance has it already; the host brings it to all others. */
  | { type: 'signalThrown'; flowNode: string; name: string; variables: Variables }
  /** `caughtBy` is the event that caught it, null for none: the flow goes on all the same. */
  | { type: 'escalationThrown'; flowNode: string; code: string; caughtBy: string | null }
  | { type: 'compensationStarted'; flowNode: string }
  | { type: 'incidentRaised'; id: string; flowNode: string; code: string; message: string }
  | { type: 'incidentResolved'; id: string; flowNode: string }
  | { type: 'flowNodeEntered' | 'flowNodeLeft'; flowNode: string }
  | { type: 'endEventReached'; flowNode: string }
  | { type: 'variablesSet'; names: string[] }
  /** `from` and `to` are hashes of definitions; `flowNodes` has the new ids of those where tokens or events wait. */
  | { type: 'instanceMigrated'; from: string; to: string; flowNodes: Record<string, string> }
  /** A moved token goes on under a new id, `as`. */
  | { type: 'tokenMoved'; token: number; as: number; from: string; flowNode: string }
  | { type: 'tokenAdded' | 'tokenCancelled'; token: number; flowNode: string }
  /** `error` is the code of the uncaught error of a failed instance, `reason` that of a cancelled one. */
  | {
      type: 'instanceEnded';
      status: 'completed' | 'terminated' | 'cancelled' | 'failed';
      variables: Variables;
      error?: string;
      reason?: string;
    };

/** A timer about to be scheduled, with its evaluated text. */
export interface TimerSpec {
  flowNode: string;
  kind: 'date' | 'duration' | 'cycle';
  value: string;
  attributes: Record<string, string>;
}

/** What a step may know of the world: the time, and how the host counts it. */
export interface Context {
  /** Epoch milliseconds. */
  now: number;
  /**
   * Replaces the ISO 8601 reckoning of when a timer is due; `isoTimerDue` is what it replaces. The second and later
   * firings of a cycle come as a `duration` counted from the firing before.
   */
  timerDue?: (timer: TimerSpec, now: number) => number;
}

/** The state after a step and what the step did. */
export interface StepResult {
  state: State;
  effects: Effect[];
}

/** An instance moved to another definition, or every reason why it cannot be. */
export type MigrationResult = StepResult | { refusals: Refusal[] };

/** One reason why a diagram is not run, or an instance not migrated. */
export interface Refusal {
  /** Kebab-case rule name, e.g. `unsupported-element`. */
  rule: string;
  /** BPMN id of the element at fault, in the old definition for a migration; null when it is the document. */
  element: string | null;
  /** English sentence that says what is wrong and what to draw, or map, instead. */
  message: string;
  params: Record<string, string>;
}
