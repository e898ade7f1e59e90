// files.*: an address to send bytes to, and the file shared where it belongs once they are there.
import { fileJson, post } from '../messages.ts';
import { checkBlocks } from '../payloads.ts';
import { badArguments, Refusal } from '../refusal.ts';
import { isFields, list, problemsOf, shape, text } from '../schema.ts';
import { nextId, type Upload } from '../world.ts';
import { openChannel, threadRoot, type Method, type Methods } from './scope.ts';

const getUploadUrl: Method = (world, args) => {
  const name = args.text('filename');
  const length = args.count('length', 0);
  if (length === 0) throw badArguments('missing required field: length');
  const id = nextId(world, 'F');
  const alt = args.maybe('alt_text') ?? null;
  world.uploads.set(id, { id, name, length, alt, title: name, bytes: null, completed: false });
  return { upload_url: `${world.origin}/upload/${id}`, file_id: id };
};

const listed = list(shape({ id: text(255) }, { title: text(255), highlight_type: text(255) }));

const complete: Method = (world, args) => {
  const given = args.list('files') ?? [];
  const problems = problemsOf(listed, given, '/files');
  if (problems.length > 0) throw badArguments(...problems);
  const uploads = given.filter(isFields).map((one): { upload: Upload; title: string } => {
    const upload = world.uploads.get(one['id'] as string);
    if (!upload || upload.bytes?.length !== upload.length) throw new Refusal('file_not_found');
    return { upload, title: typeof one['title'] === 'string' ? one['title'] : upload.name };
  });
  const comment = args.maybe('initial_comment');
  const blocks = args.list('blocks', 'invalid_blocks_format');
  const channel = args.has('channel_id') ? openChannel(world, args, 'channel_id') : null;
  const draft = channel && {
    channel: channel.id,
    user: world.bot.userId,
    botId: world.bot.botId,
    threadTs: threadRoot(world, channel, args),
    text: comment,
    blocks: blocks && comment === undefined ? checkBlocks(blocks) : [],
    files: uploads.map(({ upload }) => upload.id),
  };
  for (const { upload, title } of uploads) Object.assign(upload, { title, completed: true });
  // Slack shares files a moment later and does not name the message in its answer.
  if (draft) post(world, draft);
  return { files: uploads.map(({ upload }) => fileJson(world, upload.id)) };
};

const write = ['files:write'];
export const FILES: Methods = {
  'files.getUploadURLExternal': { scopes: write, run: getUploadUrl },
  'files.completeUploadExternal': { scopes: write, run: complete },
};
