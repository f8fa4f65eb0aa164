//! The two servers: the service itself, and a bare handler that answers the same bytes whatever is asked.

use std::path::Path;
use std::sync::mpsc::channel;

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, web};
use contract_tests::Service;

use crate::process::tell_and_stay;
use crate::stage::MOMENT;

/// The service, with one worker and a token checked on each request.
pub(crate) fn service(url: &str) {
    let service = Service::on(url, false, MOMENT, &[("KLUSNET_LOG_LEVEL", "error")]);
    let address = service.root().trim_start_matches("http://").parse().unwrap();
    tell_and_stay(address);
}

/// A handler that reads what it is sent and answers what stands in a file.
pub(crate) fn bare(status: u16, file: &Path) {
    let body = web::Bytes::from(std::fs::read(file).unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let body = body.clone();
                App::new().default_service(web::to(move |_: web::Bytes| {
                    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap());
                    let answer = answer.content_type("application/json").body(body.clone());
                    async move { answer }
                }))
            });
            let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
            tell.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    tell_and_stay(told.recv().unwrap());
}
