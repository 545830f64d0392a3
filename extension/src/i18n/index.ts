import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';

/** Languages by their code; another one is a file beside en.json and a line here. */
const RESOURCES = Object.freeze({ en: { translation: en } });

/** Our own i18next, apart from the host's, whose keys and version are not ours. */
export function createI18n(language = 'en'): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: RESOURCES,
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
  });
  return instance;
}
