import { type Guard, isLive, type Token } from '../library.ts';

/**
 * bpmn-server cancels what runs below a token without waiting for it to be done, swallows exceptions on the way, and
 * leaves items open under ended tokens: ending a token ends its item, and cancelling it cancels the instances and the
 * boundary events of its activity first to last.
 */
export const cancelledBranches: Guard = ({ Token, TOKEN_STATUS, TOKEN_TYPE }) => {
  Token.prototype.end = async function (this: Token, cancel = false) {
    if (!isLive(this)) return;
    this.status = TOKEN_STATUS.end;
    if (this.currentItem) await this.currentItem.node.end(this.currentItem, cancel);
    for (const child of this.childrenTokens) if (child.type === TOKEN_TYPE.Instance) await child.terminate();
  };
  Token.prototype.terminate = async function (this: Token) {
    if (this.status === TOKEN_STATUS.terminated) return;
    await this.end(true);
    this.status = TOKEN_STATUS.terminated;
    for (const child of this.childrenTokens) await child.terminate();
  };
};
