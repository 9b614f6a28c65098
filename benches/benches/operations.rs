//! Every case by itself, with the statistics of criterion; `cargo bench --features peers -- verify/HS256` has peers beside
//! ours. An id reads `operation/algorithm/implementation`.

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for case in jwt_benches::all() {
        criterion.bench_function(&case.id(), |bencher| bencher.iter(|| case.run()));
    }
    criterion.final_summary();
}
