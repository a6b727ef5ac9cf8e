import type { QueryClient} from '@tanstack/react-query';
import { type Query } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { apiUrl } from '@/config/env';

/** What an event is about; it carries ids only, the page asks the API for the rest. */
export type LiveTopic = 'consent' | 'consultation' | 'message' | 'patient';

export interface LiveEvent {
  topic: LiveTopic;
  patientId: string | undefined;
}

/** Which query roots (the first part of a query key) each topic makes stale. */
const STALE_ROOTS: Record<LiveTopic, readonly string[]> = {
  consent: ['consents', 'patients'],
  consultation: ['consultations', 'patients'],
  message: ['messages', 'consents'],
  patient: ['patients', 'prescriptions'],
};

/**
 * How long changes of a topic are gathered before what shows them is asked again. Each autosave of a
 * note is a change of its own: lists follow them at a walking pace.
 */
const GATHERED_MS: Partial<Record<LiveTopic, number>> = { consultation: 10_000 };

const OFFLINE_AFTER_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Since when the page hears nothing, as an RFC 3339 instant; undefined while it is connected. */
let offlineSince: string | undefined;
const statusListeners = new Set<() => void>();
const eventListeners = new Set<(event: LiveEvent) => void>();

function setOfflineSince(value: string | undefined): void {
  if (offlineSince === value) return;
  offlineSince = value;
  for (const listener of statusListeners) listener();
}

function subscribeStatus(listener: () => void): () => void {
  statusListeners.add(listener);
  return () => statusListeners.delete(listener);
}

/** The instant since which the connection has been lost, once that has lasted ten seconds. */
export function useOfflineSince(): string | undefined {
  return useSyncExternalStore(subscribeStatus, () => offlineSince);
}

/** Hears every live event, for pages that offer news («2 nuevos») instead of moving what is read. */
export function subscribeToLive(listener: (event: LiveEvent) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

function parseEvent(data: unknown): LiveEvent | undefined {
  try {
    const body: unknown = JSON.parse(String(data));
    if (typeof body !== 'object' || body === null) return undefined;
    const { topic, patient_id: patientId } = body as Record<string, unknown>;
    if (typeof topic !== 'string' || !(topic in STALE_ROOTS)) return undefined;
    return { topic: topic as LiveTopic, patientId: typeof patientId === 'string' ? patientId : undefined };
  } catch {
    return undefined;
  }
}

function isStale(query: Query, { topic }: Pick<LiveEvent, 'topic'>): boolean {
  const [root, kind] = query.queryKey;
  // A document that is open is read by its own page, which knows what is being written in it.
  return query.meta?.live !== 'manual' && kind !== 'one' && STALE_ROOTS[topic].includes(String(root));
}

/** Whether this page shows a note: the changes it hears are its own saves. */
function isInNote(client: QueryClient): boolean {
  return client.getQueryCache().findAll({ queryKey: ['consultations', 'one'], type: 'active' }).length > 0;
}

/**
 * One connection to `/api/events` for the whole page. The browser reconnects by itself only after
 * a lost connection, not after an error status, so reconnecting is done here with growing pauses.
 */
class LiveConnection {
  private source: EventSource | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private offline: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_RETRY_MS;
  private lostAt: string | undefined;
  private readonly gathering = new Map<LiveTopic, ReturnType<typeof setTimeout>>();
  private readonly client: QueryClient;

  constructor(client: QueryClient) {
    this.client = client;
  }

  open(): void {
    this.source = new EventSource(apiUrl('/api/events'), { withCredentials: true });
    this.source.onopen = () => {
      this.connected();
    };
    this.source.onmessage = (message) => {
      this.receive(message.data);
    };
    this.source.onerror = () => {
      this.lost();
    };
  }

  close(): void {
    this.source?.close();
    clearTimeout(this.retry);
    clearTimeout(this.offline);
    for (const timer of this.gathering.values()) clearTimeout(timer);
    setOfflineSince(undefined);
  }

  private connected(): void {
    clearTimeout(this.offline);
    this.pause = FIRST_RETRY_MS;
    // What happened meanwhile was not heard: ask again for all that is shown.
    if (this.lostAt !== undefined) {
      void this.client.invalidateQueries({ predicate: (query) => query.meta?.live !== 'manual' });
    }
    this.lostAt = undefined;
    setOfflineSince(undefined);
  }

  private receive(data: unknown): void {
    const event = parseEvent(data);
    if (!event) return;
    this.gather(event.topic);
    for (const listener of eventListeners) listener(event);
  }

  private gather(topic: LiveTopic): void {
    const wait = GATHERED_MS[topic];
    if (wait === undefined) this.refresh(topic);
    else if (!this.gathering.has(topic)) {
      this.gathering.set(
        topic,
        setTimeout(() => {
          this.gathering.delete(topic);
          this.refresh(topic);
        }, wait),
      );
    }
  }

  /** While a note is open nothing is asked again for notes: what shows them is read when it is looked at next. */
  private refresh(topic: LiveTopic): void {
    const refetchType = topic === 'consultation' && isInNote(this.client) ? 'none' : 'active';
    void this.client.invalidateQueries({ refetchType, predicate: (query) => isStale(query, { topic }) });
  }

  private lost(): void {
    this.source?.close();
    if (this.lostAt === undefined) {
      const since = new Date().toISOString();
      this.lostAt = since;
      this.offline = setTimeout(() => {
        setOfflineSince(since);
      }, OFFLINE_AFTER_MS);
    }
    this.retry = setTimeout(() => {
      this.open();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, LAST_RETRY_MS);
  }
}

/** Listens while the caller lives; answers how to stop. */
export function startLive(client: QueryClient): () => void {
  const connection = new LiveConnection(client);
  connection.open();
  return () => {
    connection.close();
  };
}
