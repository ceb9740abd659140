/** Makes a store that is empty; what it gives opens that, once for each process that shares it. */
export type Shared<Store> = () => Promise<() => Promise<Store>>
