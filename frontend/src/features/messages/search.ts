/** The states that can be asked for, as they stand in the address and in the API. */
export const STATUSES = ['failed', 'queued', 'sent', 'delivered', 'read', 'received'] as const;
export type MessageStatusFilter = (typeof STATUSES)[number];

/** The filter of the list as it stands in the address. */
export interface MessagesSearch {
  estado?: MessageStatusFilter | undefined;
}

/** Keeps what is known and drops the rest. */
export function readMessagesSearch(search: Record<string, unknown>): MessagesSearch {
  return { estado: STATUSES.find((status) => status === search.estado) };
}
