// placeholder, replaced below
export const gridPage = (): string => '';
