import { MessageStatus } from '@/components/clinical/message-status';
import { Table, type Column } from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import type { MessageItem } from '../api';
import { kindText, personName, resolutionText, whenText } from '../describe';
import { t } from '../t';
import { MessageActs } from './message-acts';
import classes from './messages-table.module.css';

function When({ message }: { message: MessageItem }) {
  const zone = useZone();
  const today = useToday();
  const at = message.at;
  return (
    <time dateTime={at} className={classes.when}>
      {whenText(at, zone, today)}
    </time>
  );
}

function Person({ message }: { message: MessageItem }) {
  const { patient } = message;
  if (!patient) return <>{personName(message)}</>;
  return (
    <div>
      <TextLink to={paths.patientMessages} params={{ patientId: patient.id }}>
        {patient.name}
      </TextLink>
      <div className={`${classes.second ?? ''} identifier`}>{patient.record_number}</div>
    </div>
  );
}

/** What it is, what it says, and what went wrong in plain words. */
function Content({ message }: { message: MessageItem }) {
  const zone = useZone();
  const settled = resolutionText(message, zone);
  return (
    <div className={classes.content}>
      <div>{kindText(message)}</div>
      {message.kind !== 'tap' && message.text && <div className={classes.text}>{message.text}</div>}
      {message.error && message.status === 'failed' && <div className={classes.error}>{message.error.message}</div>}
      {settled && <div className={classes.second}>{settled}</div>}
    </div>
  );
}

function columnsOf(withPatient: boolean): Column<MessageItem>[] {
  const patient: Column<MessageItem> = {
    key: 'patient',
    header: t('list.patient'),
    width: '22%',
    cell: (message) => <Person message={message} />,
  };
  return [
    { key: 'time', header: t('list.time'), width: '150px', cell: (message) => <When message={message} /> },
    ...(withPatient ? [patient] : []),
    { key: 'message', header: t('list.message'), cell: (message) => <Content message={message} /> },
    {
      key: 'status',
      header: t('list.status'),
      width: '132px',
      cell: (message) => <MessageStatus status={message.status} />,
    },
    {
      key: 'actions',
      header: t('list.actions'),
      quietHeader: true,
      align: 'end',
      cell: (message) => <MessageActs message={message} />,
    },
  ];
}

function PhoneItem({ message, withPatient }: { message: MessageItem; withPatient: boolean }) {
  return (
    <div className={classes.item}>
      <div className={classes.itemHead}>
        <When message={message} />
        <MessageStatus status={message.status} />
      </div>
      {withPatient && <Person message={message} />}
      <Content message={message} />
      <MessageActs message={message} />
    </div>
  );
}

interface MessagesTableProps {
  messages: readonly MessageItem[];
  /** Left out where all are of one patient. */
  withPatient: boolean;
}

/** One page of messages, each with where it stands and what can be done. */
export function MessagesTable({ messages, withPatient }: MessagesTableProps) {
  return (
    <Table
      caption={t('list.caption')}
      columns={columnsOf(withPatient)}
      rows={messages}
      rowKey={(message) => message.id}
      listItem={(message) => <PhoneItem message={message} withPatient={withPatient} />}
    />
  );
}
