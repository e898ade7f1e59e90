// What messages are made of, read from the arguments and held to the limits.
import type { Args } from '../args.ts';
import { CHARACTERS, ITEMS } from '../limits.ts';
import { checkBlocks, checkMetadata } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { isFields, type Fields } from '../schema.ts';
import type { World } from '../world.ts';

export interface Content {
  readonly text: string | undefined;
  readonly blocks: readonly Fields[] | undefined;
  readonly attachments: readonly Fields[] | undefined;
}

/** Texts, blocks and attachments; refused where there is nothing to show or too much of it. */
export function contentOf(world: World, args: Args, most: number = CHARACTERS.text): Content {
  const markdown = args.maybe('markdown_text');
  if (markdown !== undefined && (args.has('text') || args.has('blocks'))) throw new Refusal('markdown_text_conflict');
  if ((markdown?.length ?? 0) > CHARACTERS.markdown) throw new Refusal('msg_too_long');
  const text = args.maybe('text');
  if ((text?.length ?? 0) > most) throw new Refusal('msg_too_long');
  const given = args.list('blocks', 'invalid_blocks_format');
  const blocks = given && checkBlocks(given);
  const attachments = args.list('attachments', 'invalid_attachments')?.filter(isFields);
  if ((attachments?.length ?? 0) > ITEMS.attachments) throw new Refusal('too_many_attachments');
  attachments?.forEach((one, index) => {
    if (one['blocks'] !== undefined) checkBlocks(one['blocks'], `/attachments/${index}/blocks`);
  });
  checkFiles(world, blocks ?? []);
  if (markdown) return { text: markdown, blocks: [{ type: 'markdown', text: markdown }], attachments };
  if (!text && !blocks?.length && !attachments?.length) throw new Refusal('no_text');
  return { text, blocks, attachments };
}

/** Images of the workspace are files that were uploaded to the end. */
export function checkFiles(world: World, blocks: readonly Fields[]): void {
  blocks.forEach((block, index) => {
    const file = isFields(block['slack_file']) ? block['slack_file'] : undefined;
    if (!file) return;
    const known = Array.from(world.uploads.values()).some(
      ({ id, completed }) => completed && (file['id'] === id || file['url'] === `${world.origin}/files/${id}`),
    );
    if (known) return;
    const problem = `invalid slack file [json-pointer:/blocks/${index}/slack_file]`;
    throw new Refusal('invalid_blocks', { errors: [problem], response_metadata: { messages: [`[ERROR] ${problem}`] } });
  });
}

/** The metadata of a message. */
export function metadataOf(args: Args): Fields | undefined {
  const metadata = args.object('metadata', 'invalid_metadata_format');
  return metadata && checkMetadata(metadata);
}

/** What Slack warns of and takes nevertheless. */
export function warningsOf({ text, blocks }: Content): Fields {
  const warnings = [
    ...((text?.length ?? 0) > CHARACTERS.advised ? ['message_truncated'] : []),
    ...(blocks?.length && !text ? ['missing_text_in_message'] : []),
  ];
  return warnings.length > 0 ? { warning: warnings.join(','), response_metadata: { warnings } } : {};
}
