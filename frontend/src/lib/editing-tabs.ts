import { useEffect, useState } from 'react';

/**
 * Windows of one browser that edit the same record notice each other. They say ids only; who saves
 * first is settled by the server's versions, which hold between machines too.
 */
type Notice = { kind: 'editing' | 'here' | 'left'; tab: string; record: string };

const CHANNEL = 'historias-editing';

function isNotice(data: unknown): data is Notice {
  return typeof data === 'object' && data !== null && 'kind' in data && 'tab' in data && 'record' in data;
}

/** Whether another window of this browser has the same record open to be edited. */
export function useEditingElsewhere(record: string): boolean {
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return;
    const channel = new BroadcastChannel(CHANNEL);
    const tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
    const say = (kind: Notice['kind']) => {
      channel.postMessage({ kind, tab, record } satisfies Notice);
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isNotice(data) || data.record !== record || data.tab === tab) return;
      if (data.kind === 'editing') say('here');
      setOthers((before) => {
        const next = new Set(before);
        if (data.kind === 'left') next.delete(data.tab);
        else next.add(data.tab);
        return next;
      });
    };
    const leave = () => {
      say('left');
    };
    say('editing');
    window.addEventListener('pagehide', leave);
    return () => {
      leave();
      window.removeEventListener('pagehide', leave);
      channel.close();
    };
  }, [record]);
  return others.size > 0;
}
