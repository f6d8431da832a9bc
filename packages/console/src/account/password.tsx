import { App, Button, Form, Input } from 'antd';
import { useNewPassword } from '../api/administration.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

export const ChangePassword = () => {
  const w = useWords(words);
  const { message } = App.useApp();
  const change = useNewPassword();
  const [form] = Form.useForm<{ password: string; again: string }>();
  return (
    <>
      <Trouble error={change.error} />
      <Form
        form={form}
        layout="vertical"
        onFinish={({ password }) =>
          change.mutate(password, {
            onSuccess: () => {
              form.resetFields();
              void message.success(w.changed);
            },
          })
        }
      >
        <Form.Item name="password" label={w.newPassword} rules={[{ required: true, message: w.needed }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={w.again}
          dependencies={['password']}
          rules={[
            { required: true, message: w.needed },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(w.differ)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {w.changePassword}
        </Button>
      </Form>
    </>
  );
};
