import { IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef, useState, type Ref } from 'react';
import { PhoneBubble, PhoneReply, type Ticks } from '@/components/clinical/phone-bubble';
import { PhoneFrame, PhoneNote } from '@/components/clinical/phone-frame';
import { useSimulate, type SimMessage, type SimPhone } from '../api';
import { clock, dayOf, dayText } from '../moments';
import { t } from '../t';
import classes from './talk.module.css';

interface ComposerProps {
  number: string;
  inputRef: Ref<HTMLInputElement>;
}

/** What the person writes by hand: never taken as consent. */
function Composer({ number, inputRef }: ComposerProps) {
  const simulate = useSimulate();
  const [text, setText] = useState('');
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        const written = text.trim();
        if (written === '' || simulate.isPending) return;
        simulate.mutate(
          { act: 'write', number, text: written },
          {
            onSuccess: () => {
              setText('');
            },
          },
        );
      }}
    >
      <input
        ref={inputRef}
        className={classes.input}
        aria-label={t('talk.message')}
        placeholder={t('talk.message')}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <button type="submit" className={classes.send} aria-label={t('talk.send')} title={t('talk.send')}>
        <IconSend2 size={20} stroke={1.8} aria-hidden />
      </button>
    </form>
  );
}

function ticksOf({ inbound }: SimMessage): Ticks | undefined {
  // The program reads whatever reaches its webhook.
  return inbound ? 'read' : undefined;
}

interface MessageProps {
  message: SimMessage;
  onTap: (id: string) => void;
  busy: boolean;
}

function Message({ message, onTap, busy }: MessageProps) {
  return (
    <>
      <PhoneBubble
        from={message.inbound ? 'person' : 'clinic'}
        text={message.text}
        time={clock(message.at)}
        ticks={ticksOf(message)}
      />
      {message.buttons.map((button) => (
        <PhoneReply
          key={button}
          busy={busy}
          onTap={() => {
            onTap(message.id);
          }}
        >
          {button}
        </PhoneReply>
      ))}
    </>
  );
}

function Messages({ phone }: { phone: SimPhone }) {
  const simulate = useSimulate();
  const tap = (id: string) => {
    simulate.mutate({ act: 'tap', message_id: id });
  };
  return phone.messages.map((message, index) => {
    const before = phone.messages[index - 1];
    const isNewDay = before === undefined || dayOf(before.at) !== dayOf(message.at);
    return (
      <div key={message.id} className={classes.message}>
        {isNewDay && <PhoneNote>{dayText(message.at)}</PhoneNote>}
        {index === 0 && <PhoneNote tone="notice">{t('secure')}</PhoneNote>}
        <Message message={message} onTap={tap} busy={simulate.isPending} />
      </div>
    );
  });
}

interface TalkProps {
  phone: SimPhone | undefined;
  inputRef: Ref<HTMLInputElement>;
}

/** The conversation on the chosen phone. */
export function Talk({ phone, inputRef }: TalkProps) {
  const talk = useRef<HTMLDivElement>(null);
  const last = phone?.messages.at(-1)?.id;
  // As on a phone: the newest message is in sight.
  useEffect(() => {
    if (talk.current) talk.current.scrollTop = talk.current.scrollHeight;
  }, [phone?.number, last]);
  return (
    <div className={classes.place}>
      <PhoneFrame
        business={t('business')}
        label={phone ? t('talk.label', { name: phone.name }) : t('phones.title')}
        scrollRef={talk}
        footer={phone && <Composer key={phone.number} number={phone.number} inputRef={inputRef} />}
      >
        {phone ? <Messages phone={phone} /> : <PhoneNote>{t('talk.none')}</PhoneNote>}
      </PhoneFrame>
    </div>
  );
}
