import { expose } from 'comlink';
import { webRuntime } from '../inference/webRuntime';
import { carryErrors } from './errorTransfer';
import { createPipelineService } from './service';

carryErrors();
expose(createPipelineService(webRuntime));
