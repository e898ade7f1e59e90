// placeholder
import type { World } from '../world.ts';
export const renderConversation = (_: World): string => '';
