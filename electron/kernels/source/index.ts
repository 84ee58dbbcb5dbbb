export { exponentials } from './exponentials';
