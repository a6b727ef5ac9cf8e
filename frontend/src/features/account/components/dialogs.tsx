import type { components } from '@/lib/api/schema';
import type { Passkey, TotpSetup } from '../api';
import { PasswordDialog, PinDialog } from './access-dialogs';
import { CodesDialog } from './codes-dialog';
import { DisableDialog, PasskeyDialog, RemovePasskeyDialog, RenewDialog } from './factor-dialogs';
import { AcceptDialog, LeaveDialog, LetterDialog } from './membership-dialogs';
import { TotpDialog } from './totp-dialog';

export type Offer = components['schemas']['OwnershipOffer'];

/** What is open over the page. */
export type Opened =
  | { what: 'password' | 'pin' | 'disable' | 'renew' | 'passkey' | 'letter' | 'leave' }
  | { what: 'totp'; setup: TotpSetup }
  | { what: 'codes'; codes: readonly string[] }
  | { what: 'remove-passkey'; passkey: Passkey }
  | { what: 'accept'; offer: Offer };

interface AccountDialogProps {
  opened: Opened;
  onOpen: (opened: Opened) => void;
  onClose: () => void;
}

/** The dialog of an act. They come together, after the page. */
export function AccountDialog({ opened, onOpen, onClose }: AccountDialogProps) {
  // A second factor beside another one brings no codes of its own.
  const onCodes = (codes: readonly string[]) => {
    if (codes.length === 0) onClose();
    else onOpen({ what: 'codes', codes });
  };
  switch (opened.what) {
    case 'password':
      return <PasswordDialog onClose={onClose} />;
    case 'pin':
      return <PinDialog onClose={onClose} />;
    case 'totp':
      return <TotpDialog setup={opened.setup} onCodes={onCodes} onClose={onClose} />;
    case 'codes':
      return <CodesDialog codes={opened.codes} onClose={onClose} />;
    case 'disable':
      return <DisableDialog onClose={onClose} />;
    case 'renew':
      return <RenewDialog onCodes={onCodes} onClose={onClose} />;
    case 'passkey':
      return <PasskeyDialog onCodes={onCodes} onClose={onClose} />;
    case 'remove-passkey':
      return <RemovePasskeyDialog passkey={opened.passkey} onClose={onClose} />;
    case 'letter':
      return <LetterDialog onClose={onClose} />;
    case 'leave':
      return <LeaveDialog onClose={onClose} />;
    case 'accept':
      return <AcceptDialog offer={opened.offer} onClose={onClose} />;
  }
}
