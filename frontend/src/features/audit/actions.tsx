import {
  IconArchive,
  IconBan,
  IconBrandWhatsapp,
  IconDeviceFloppy,
  IconEye,
  IconFileText,
  IconKey,
  IconLogin,
  IconLogout,
  IconPencil,
  IconSearch,
  IconShieldCheck,
  IconSend,
  IconCornerUpLeft,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import texts from '@/locales/es-MX/audit.json';
import type { FilterGroup } from '@/components/ui/filter-select';
import type { AuditEvent } from './api';
import { t } from './t';

type ActionKey = keyof typeof texts.actions;
type GroupKey = keyof typeof texts.groups;

/** The acts that can be asked for, as the server names them, by what they are about. */
const GROUPS: readonly [GroupKey, readonly string[]][] = [
  ['session', ['session.opened', 'session.refused', 'session.closed', 'access.denied']],
  [
    'patient',
    [
      'chart.read',
      'patient.created',
      'patient.read',
      'patient.searched',
      'patient.updated',
      'patient.archived',
      'patient.unarchived',
      'patient.duplicates_asked',
    ],
  ],
  [
    'consent',
    [
      'consent.read',
      'consent.requested',
      'consent.accepted',
      'consent.revoked',
      'consent.tap_refused',
      'consent.expired',
    ],
  ],
  [
    'message',
    [
      'message.listed',
      'message.submitted',
      'message.status',
      'message.retried',
      'message.resolved',
      'webhook.accepted',
      'webhook.refused',
      'whatsapp.checked',
      'whatsapp.template_sent',
    ],
  ],
  ['notice', ['notice.created', 'notice.updated', 'notice.published']],
  ['clinic', ['clinic.created', 'clinic.read', 'clinic.updated', 'office.created', 'office.updated']],
  [
    'staff',
    [
      'staff.invited',
      'staff.invitation_renewed',
      'staff.invitation_cancelled',
      'staff.invitation_read',
      'staff.joined',
      'staff.listed',
      'staff.role_changed',
      'staff.drafts_handed_over',
      'staff.access_ended',
      'staff.left',
      'staff.ownership_offered',
      'staff.ownership_withdrawn',
      'staff.ownership_accepted',
      'confidentiality.accepted',
    ],
  ],
  ['audit', ['audit.read', 'audit.verified', 'audit.recovered', 'keys.rotated']],
];

function isKnown(key: string): key is ActionKey {
  return key in texts.actions;
}

function label(action: string): string {
  const key = action.replace('.', '_');
  return isKnown(key) ? t(`actions.${key}`) : action;
}

/** The choices of the filter. */
export function actionGroups(): FilterGroup[] {
  return GROUPS.map(([group, actions]) => ({
    label: t(`groups.${group}`),
    options: actions.map((action) => ({ value: action, label: label(action) })),
  }));
}

const ICONS: Readonly<Record<string, ReactNode>> = {
  'session.opened': <IconLogin aria-hidden />,
  'session.closed': <IconLogout aria-hidden />,
  'patient.archived': <IconArchive aria-hidden />,
  'patient.searched': <IconSearch aria-hidden />,
  'patient.duplicates_asked': <IconSearch aria-hidden />,
  'patient.created': <IconDeviceFloppy aria-hidden />,
  'consent.requested': <IconSend aria-hidden />,
  'consent.accepted': <IconShieldCheck aria-hidden />,
  'consent.revoked': <IconCornerUpLeft aria-hidden />,
  'message.submitted': <IconSend aria-hidden />,
  'audit.verified': <IconShieldCheck aria-hidden />,
  'keys.rotated': <IconKey aria-hidden />,
};

function iconByForm(action: string): ReactNode {
  if (/\.(?:read|listed)$/.test(action)) return <IconEye aria-hidden />;
  if (/^(?:message|webhook|whatsapp)\.|tap_refused$/.test(action)) return <IconBrandWhatsapp aria-hidden />;
  if (action.startsWith('notice.')) return <IconFileText aria-hidden />;
  return <IconPencil aria-hidden />;
}

/** What an act looks like: red when it was refused, amber when it deserves a look, green for consent. */
export interface ActionLook {
  icon: ReactNode;
  tone: 'red' | 'amber' | 'green' | undefined;
}

const TONES: Readonly<Record<string, ActionLook['tone']>> = {
  'consent.accepted': 'green',
  'consent.revoked': 'amber',
  'patient.archived': 'amber',
  'audit.recovered': 'amber',
  'keys.rotated': 'amber',
};

export function actionLook({ action, outcome }: Pick<AuditEvent, 'action' | 'outcome'>): ActionLook {
  if (outcome !== 'success' || action === 'access.denied') return { icon: <IconBan aria-hidden />, tone: 'red' };
  return { icon: ICONS[action] ?? iconByForm(action), tone: TONES[action] };
}
