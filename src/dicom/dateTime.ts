const two = (value: number) => String(value).padStart(2, '0');

/** Local date as DICOM's DA: YYYYMMDD. */
export const dicomDate = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, '0')}${two(date.getMonth() + 1)}${two(date.getDate())}`;

/** Local time of day as DICOM's TM: HHMMSS. */
export const dicomTime = (date: Date): string =>
  `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;

/** Local date and time as DICOM's DT: YYYYMMDDHHMMSS. */
export const dicomDateTime = (date: Date): string => dicomDate(date) + dicomTime(date);
