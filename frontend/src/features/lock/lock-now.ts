// What the shell fetches when it locks; it has no other use of this feature's code.
export { lockNow } from './locking';
