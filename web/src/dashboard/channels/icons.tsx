import { icon } from '../../page/icons';

export const UpStepIcon = icon(<path d="M6 15l6-6 6 6" />, 'UpStepIcon');
export const DownStepIcon = icon(<path d="M6 9l6 6 6-6" />, 'DownStepIcon');
