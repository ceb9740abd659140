/** The day on which a question is asked when it does not say, YYYY-MM-DD. */
export const today = () => new Date().toISOString().slice(0, 10)
