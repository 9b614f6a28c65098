//! Deterministic ECDSA, <https://www.rfc-editor.org/rfc/rfc6979>: appendices A.2.5, A.2.6 and A.2.7, each with the hash
//! that JOSE uses with the curve. They were checked with OpenSSL, through Python's cryptography package.

#![cfg(any(feature = "es256", feature = "es384", feature = "es512"))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod keys;

use jwt_core::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey, Signer as _, Verifier as _};
use keys::hex;

struct Vectors {
    private: &'static str,
    public: [&'static str; 2],
    sample: [&'static str; 2],
    test: [&'static str; 2],
}

#[cfg(feature = "es256")]
#[test]
fn appendix_a_2_5_p256() {
    check::<jwt_core::Es256>(&Vectors {
        private: "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
        public: [
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
            "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
        ],
        sample: [
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ],
        test: [
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
            "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        ],
    });
}

#[cfg(feature = "es384")]
#[test]
fn appendix_a_2_6_p384() {
    check::<jwt_core::Es384>(&Vectors {
        private: "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
        public: [
            "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13",
            "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720",
        ],
        sample: [
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
            "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
        ],
        test: [
            "8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB0542A7F0812998DA8F1DD3CA3CF023DB",
            "DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E06A739F040649A667BF3B828246BAA5A5",
        ],
    });
}

#[cfg(feature = "es512")]
#[test]
fn appendix_a_2_7_p521() {
    check::<jwt_core::Es512>(&Vectors {
        private: "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
        public: [
            "01894550D0785932E00EAA23B694F213F8C3121F86DC97A04E5A7167DB4E5BCD371123D46E45DB6B5D5370A7F20FB633155D38FFA16D2BD761DCAC474B9A2F5023A4",
            "00493101C962CD4D2FDDF782285E64584139C2F91B47F87FF82354D6630F746A28A0DB25741B5B34A828008B22ACC23F924FAAFBD4D33F81EA66956DFEAA2BFDFCF5",
        ],
        sample: [
            "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA",
            "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A",
        ],
        test: [
            "013E99020ABF5CEE7525D16B69B229652AB6BDF2AFFCAEF38773B4B7D08725F10CDB93482FDCC54EDCEE91ECA4166B2A7C6265EF0CE2BD7051B7CEF945BABD47EE6D",
            "01FBD0013C674AA79CB39849527916CE301C66EA7CE8B80682786AD60F98F7E78A19CA69EFF5C57400E3B3A0AD66CE0978214D13BAF4E9AC60752F7B155E2DE4DCE3",
        ],
    });
}

fn check<A: EcdsaAlgorithm>(vectors: &Vectors) {
    let [x, y] = vectors.public.map(hex);
    let key = EcdsaSigningKey::<A>::from_bytes(&hex(vectors.private)).unwrap();
    let public = EcdsaVerifyingKey::<A>::from_coordinates(&x, &y).unwrap();
    let mut point = [0; 133];
    assert_eq!(key.verifying_key().to_sec1_bytes(&mut point).unwrap(), [&[4], &x[..], &y].concat());
    for (message, signature) in [(b"sample".as_slice(), vectors.sample), (b"test", vectors.test)] {
        let expected = signature.map(hex).concat();
        let mut signature = [0; 132];
        let len = key.sign(message, &mut signature).unwrap();
        assert_eq!(signature.get(..len).unwrap(), expected);
        assert_eq!(public.verify(message, &expected), Ok(()));
    }
}
