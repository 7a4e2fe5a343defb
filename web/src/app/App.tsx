import { ChatPage } from '../page/ChatPage';
import { CHAT } from '../sign-in/page-client';
import { SignInGate } from './SignInGate';

export function App() {
  return <SignInGate client={CHAT} sentence="Talk in channels and in private." page={ChatPage} />;
}
