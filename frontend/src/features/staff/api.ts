import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import type { Role } from '@/lib/roles';

type Schemas = components['schemas'];

export type Member = Schemas['StaffMember'];
export type Invited = Schemas['Invited'];
export type InvitationInput = Schemas['InvitationInput'];
export type FactorReset = Schemas['FactorReset'];
type FormerRole = NonNullable<Schemas['TransferInput']['former_role']>;

const STAFF = 'staff';
const RESETS = 'factor-resets';
/** More people than a clinic of this kind has; a longer list goes on by pages. */
const PAGE_SIZE = 100;

/** Who works in the clinic, and the invitations that wait; with `all`, also those whose access ended. */
export function staffQuery(all: boolean, cursor?: string) {
  return queryOptions({
    queryKey: [STAFF, 'list', { all, cursor }],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/staff', {
          params: { query: { status: all ? 'all' : 'current', limit: PAGE_SIZE, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [STAFF] });
}

/** Invites somebody; the answer holds the link, once. */
export function useInvite() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ body, key }: { body: InvitationInput; key: string }): Promise<Invited> =>
      read(api.POST('/api/staff', { body, headers: idempotency(key) })),
    onSuccess: refresh,
  });
}

/** Makes a new link for an invitation; the former one dies. */
export function useResendInvitation() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string): Promise<Invited> =>
      read(api.POST('/api/staff/{id}/invitation', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}

interface RoleChange {
  member: Member;
  role: Role;
  handover_to?: string | undefined;
}

/** Changes what somebody is in the clinic; 412 when somebody else changed it meanwhile. */
export function useChangeRole() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ member, role, handover_to }: RoleChange) =>
      read(
        api.PUT('/api/staff/{id}', {
          params: { path: { id: member.id }, header: ifMatch(member.version) },
          body: { role, ...(handover_to && { handover_to }) },
        }),
      ),
    onSettled: refresh,
  });
}

/** Ends somebody's access, or cancels an invitation. */
export function useEndAccess() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ member, handover_to }: { member: Member; handover_to?: string | undefined }) =>
      api.DELETE('/api/staff/{id}', {
        params: {
          path: { id: member.id },
          header: ifMatch(member.version),
          query: { ...(handover_to && { handover_to }) },
        },
      }),
    onSettled: refresh,
  });
}

/** The offer of ownership that waits; null when there is none for this person. */
export const offerQuery = queryOptions({
  queryKey: [STAFF, 'offer'],
  queryFn: async ({ signal }) => {
    const { offer } = await read(api.GET('/api/staff/ownership-offer', { signal }));
    return offer ?? null;
  },
});

/** Offers the clinic to somebody; nothing changes until she accepts. */
export function useOfferOwnership() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ member, former_role }: { member: Member; former_role: FormerRole }) =>
      read(api.POST('/api/staff/transfer-ownership', { body: { membership_id: member.id, former_role } })),
    onSuccess: refresh,
  });
}

/** Takes the offer back. */
export function useWithdrawOffer() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.DELETE('/api/staff/ownership-offer'), onSettled: refresh });
}

/** Requests to take away a lost second factor: those that wait and those of the last month. */
export const resetsQuery = queryOptions({
  queryKey: [RESETS],
  queryFn: ({ signal }) => read(api.GET('/api/factor-resets', { signal })),
});

function useRefreshResets() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [RESETS] });
}

/** Asks that somebody's second factor be taken away. */
export function useRequestReset() {
  const refresh = useRefreshResets();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (membership_id: string) => read(api.POST('/api/factor-resets', { body: { membership_id } })),
    onSuccess: refresh,
  });
}

/** Approves it, as a second person. */
export function useApproveReset() {
  const refresh = useRefreshResets();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (id: string): Promise<FactorReset> =>
      read(api.POST('/api/factor-resets/{id}/approve', { params: { path: { id } } })),
    onSettled: refresh,
  });
}

export function useCancelReset() {
  const refresh = useRefreshResets();
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/api/factor-resets/{id}', { params: { path: { id } } }),
    onSettled: refresh,
  });
}
