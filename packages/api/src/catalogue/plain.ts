export { plain } from '@gongkai/core';
