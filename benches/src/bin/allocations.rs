//! Counts the allocations of one operation of every case, and prints them as JSON. A program of its own: its allocator
//! counts, which takes time.

use jwt_benches::measure::Allocations;

fn main() {
    let cases = jwt_benches::all();
    let counts: Vec<Allocations> = cases
        .iter()
        .map(|case| {
            // What is made at the first use is not counted.
            case.run();
            let count = allocation_counter::measure(|| case.run()).count_total;
            Allocations { id: case.id(), count }
        })
        .collect();
    println!("{}", serde_json::to_string_pretty(&counts).expect("numbers and texts serialize"));
}
