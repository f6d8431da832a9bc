import { Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

/** A screen's heading, what can be done on it, and the rest. */
export const Page = ({
  title,
  extra,
  children,
}: {
  title: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) => (
  <div className="gk-page">
    <Flex justify="space-between" align="center" wrap gap={12} className="gk-page-head">
      <Typography.Title level={1}>{title}</Typography.Title>
      {extra && (
        <Flex gap={8} wrap>
          {extra}
        </Flex>
      )}
    </Flex>
    {children}
  </div>
);

/** An empty place says why it is empty and what to do. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className="gk-nothing">{children}</p>;
