//! Standard input and output within bounds: a line has a limit, and so has the number of requests that
//! wait for their answer to be read. A client that sends more is not read until there is room.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::RoleServer;
use rmcp::model::{ClientJsonRpcMessage, ClientNotification, RequestId, ServerJsonRpcMessage};
use rmcp::model::{GetExtensions, JsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::AsyncRwTransport;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// No line is longer, in bytes: a draft of a path within its own limit fits in. A longer one is dropped.
const MOST_LINE_BYTES: usize = 2 * 1024 * 1024;
/// How many requests can wait at once.
const MOST_REQUESTS: usize = 64;

/// The place of a request among those that wait; free when it was answered, and its work has ended.
type Slot = Arc<OwnedSemaphorePermit>;

/// The requests that wait, by their ids.
type Waiting = Arc<Mutex<HashMap<RequestId, Slot>>>;

/// A transport that reads only as much as it can answer.
pub(crate) struct Bounded<R: AsyncRead, W: AsyncWrite> {
    inner: AsyncRwTransport<RoleServer, R, W>,
    free: Arc<Semaphore>,
    waiting: Waiting,
}

impl<R, W> Bounded<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    /// Over an input and an output.
    pub(crate) fn new(read: R, write: W) -> Self {
        let inner = AsyncRwTransport::new(read, write).with_max_line_length(MOST_LINE_BYTES);
        let free = Arc::new(Semaphore::new(MOST_REQUESTS));
        Self { inner, free, waiting: Waiting::default() }
    }
}

fn take(waiting: &Waiting, id: &RequestId) -> Option<Slot> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
}

impl<R, W> Transport<RoleServer> for Bounded<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let slot = match &item {
            JsonRpcMessage::Response(response) => take(&self.waiting, &response.id),
            JsonRpcMessage::Error(error) => {
                error.id.as_ref().and_then(|id| take(&self.waiting, id))
            }
            JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => None,
        };
        let sent = self.inner.send(item);
        async move {
            let sent = sent.await;
            drop(slot);
            sent
        }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        // Nothing closes it.
        let slot = self.free.clone().acquire_owned().await.ok()?;
        let mut message = self.inner.receive().await?;
        match &mut message {
            JsonRpcMessage::Request(request) => {
                let slot = Arc::new(slot);
                // The threads that work hold it, too, because they can outlast a cancelled request.
                request.request.extensions_mut().insert(slot.clone());
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.insert(request.id.clone(), slot);
            }
            JsonRpcMessage::Notification(notification) => {
                if let ClientNotification::CancelledNotification(cancelled) =
                    &notification.notification
                    && let Some(id) = &cancelled.params.request_id
                {
                    // It no longer gets an answer.
                    drop(take(&self.waiting, id));
                }
            }
            JsonRpcMessage::Response(_) | JsonRpcMessage::Error(_) => {}
        }
        Some(message)
    }

    async fn close(&mut self) -> io::Result<()> {
        self.inner.close().await
    }
}
