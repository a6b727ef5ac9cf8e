import type { Invited, Member } from '../api';
import { EndDialog } from './end-dialog';
import { InvitedDialog } from './invited-dialog';
import { InviteDialog } from './invite-dialog';
import type { Act } from './member-row';
import { RequestResetDialog } from './reset-dialogs';
import { RoleDialog } from './role-dialog';
import { TransferDialog } from './transfer-dialog';

/** What is open over the list. */
export type Opened =
  | { act: 'invite' }
  | { act: 'invited'; invited: Invited }
  | { act: Exclude<Act, 'resend'>; member: Member };

/** The dialog of an act. They come together, after the list. */
export function ActDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  switch (opened.act) {
    case 'invite':
      return <InviteDialog onClose={onClose} />;
    case 'invited':
      return <InvitedDialog invited={opened.invited} onClose={onClose} />;
    case 'role':
      return <RoleDialog member={opened.member} onClose={onClose} />;
    case 'reset':
      return <RequestResetDialog member={opened.member} onClose={onClose} />;
    case 'transfer':
      return <TransferDialog member={opened.member} onClose={onClose} />;
    case 'end':
      return <EndDialog member={opened.member} onClose={onClose} />;
  }
}
