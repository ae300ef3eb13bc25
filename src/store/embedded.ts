/** The embedded server as the commands of an operator know it. */
export {
  copyStore,
  HeldError,
  keptSecret,
  lockDirectory,
  runStandalone,
  storeFormat,
} from '@shubbak/embedded-mongo';
