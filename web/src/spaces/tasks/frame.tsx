import type { FrameTools } from '../../app/tools.ts';
import { ConfirmSignature } from './ConfirmSignature.tsx';

/** The password asked again before a signature, wherever it is made. */
export const frame: FrameTools = { banners: [ConfirmSignature] };
