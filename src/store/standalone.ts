export { runStandalone } from '@shubbak/embedded-mongo';
