// Untrusted text for a model: between marks that whoever wrote it could not know, and that do not occur inside.

/**
 * The text as the result `id`, fenced by `mark`, which is random for each answer. Inside, the mark is taken out, so that
 * nothing there can end the fence.
 */
export const fence = (id: string, text: string, mark: string): string =>
  `<<result ${id} ${mark}>>\n${text.replaceAll(mark, '')}\n<<end ${mark}>>`;
