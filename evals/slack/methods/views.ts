// views.*: App Home and modals.
import type { Args } from '../args.ts';
import { TIMES } from '../limits.ts';
import { named } from '../messages.ts';
import { checkView } from '../payloads.ts';
import { badArguments, Refusal } from '../refusal.ts';
import type { Fields } from '../schema.ts';
import { nextId, type View, type World } from '../world.ts';
import type { Method, Methods } from './scope.ts';

/** A view as the API and interactions show it. */
export const viewJson = (world: World, view: View): Fields => ({
  ...view.payload,
  id: view.id,
  team_id: world.team.id,
  app_id: world.app.id,
  bot_id: world.bot.botId,
  root_view_id: view.rootId,
  hash: view.hash,
  callback_id: view.payload['callback_id'] ?? '',
  private_metadata: view.payload['private_metadata'] ?? '',
  state: { values: {} },
});

const nextHash = (world: World): string => nextId(world, 'h');
const withNames = (world: World, payload: Fields): Fields => ({
  ...payload,
  blocks: named(world, payload['blocks'] as Fields[]),
});
const viewArgument = (args: Args, type: 'home' | 'modal'): Fields => {
  const view = args.object('view');
  if (!view) throw badArguments('missing required field: view');
  return checkView(view, type);
};

/** Opens a modal over those that are open. */
export function openModal(world: World, user: string, payload: Fields): View {
  const id = nextId(world, 'V');
  const below = world.modals.findLast((view) => view.user === user && view.state === 'open');
  const view: View = {
    id,
    user,
    rootId: below?.rootId ?? id,
    payload: withNames(world, payload),
    hash: nextHash(world),
    state: 'open',
    errors: {},
  };
  world.modals.push(view);
  return view;
}

/** Shows something else in a view. */
export function replaceView(world: World, view: View, payload: Fields): void {
  view.payload = withNames(world, payload);
  view.hash = nextHash(world);
  view.errors = {};
}

/** Whose click this is: a trigger works once, for three seconds. */
function userOf(world: World, args: Args): string {
  const ticket = world.triggers.get(args.text('trigger_id'));
  if (!ticket) throw new Refusal('invalid_trigger_id');
  if (ticket.uses > 0) throw new Refusal('exchanged_trigger_id');
  if (world.clock() - ticket.madeAt > TIMES.trigger) throw new Refusal('expired_trigger_id');
  ticket.uses += 1;
  return ticket.user;
}

const publish: Method = (world, args) => {
  const user = args.text('user_id');
  if (!world.users.has(user)) throw new Refusal('invalid_arguments');
  const payload = viewArgument(args, 'home');
  const known = world.homes.get(user);
  const hash = args.maybe('hash');
  if (hash !== undefined && known && hash !== known.hash) throw new Refusal('hash_conflict');
  const id = known?.id ?? nextId(world, 'V');
  const view: View = {
    id,
    user,
    rootId: id,
    payload: withNames(world, payload),
    hash: nextHash(world),
    state: 'open',
    errors: {},
  };
  world.homes.set(user, view);
  return { view: viewJson(world, view) };
};

const open: Method = (world, args) => {
  const payload = viewArgument(args, 'modal');
  return { view: viewJson(world, openModal(world, userOf(world, args), payload)) };
};

const update: Method = (world, args) => {
  const [id, external] = [args.maybe('view_id'), args.maybe('external_id')];
  const view = world.modals.find((one) => one.id === id || (external && one.payload['external_id'] === external));
  if (!view || view.state === 'closed') throw new Refusal('not_found');
  const hash = args.maybe('hash');
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
  replaceView(world, view, viewArgument(args, 'modal'));
  return { view: viewJson(world, view) };
};

export const VIEWS: Methods = {
  'views.publish': { scopes: [], run: publish },
  'views.open': { scopes: [], run: open },
  'views.push': { scopes: [], run: open },
  'views.update': { scopes: [], run: update },
};
