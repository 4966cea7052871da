export { connectorErrors } from './errors.ts';
export { splitMbox } from './mail/split-mbox.ts';
export { defaultUnpackLimits, type UnpackLimits } from './mail/unpack-limits.ts';
export { unpackMessage } from './mail/unpack-message.ts';
